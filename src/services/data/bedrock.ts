import { belowParent, byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/ */
export const bedrock: Notes = {
  "AWS::Bedrock::Agent": { naturalKeys: [byKeys("AgentName")] },
  "AWS::Bedrock::AgentAlias": {
    naturalKeys: [belowParent("AgentId", "AgentAliasName")],
    listNeeds: ["AgentId"],
  },
  "AWS::Bedrock::DataSource": {
    naturalKeys: [belowParent("KnowledgeBaseId", "Name")],
    listNeeds: ["KnowledgeBaseId"],
  },
  "AWS::Bedrock::Flow": { naturalKeys: [byKeys("Name")] },
  "AWS::Bedrock::FlowAlias": { naturalKeys: [belowParent("FlowArn", "Name")], listNeeds: ["FlowArn"] },
  "AWS::Bedrock::Guardrail": { naturalKeys: [byKeys("Name")] },
  "AWS::Bedrock::KnowledgeBase": { naturalKeys: [byKeys("Name")] },
  "AWS::Bedrock::Prompt": { naturalKeys: [byKeys("Name")] },
};

import { below, by } from "./natural-key.ts";
import type { Notes } from "./note.ts";

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/ */
export const bedrock: Notes = {
  "AWS::Bedrock::Agent": { naturalKeys: [by("AgentName")] },
  "AWS::Bedrock::AgentAlias": { naturalKeys: [below("AgentId", "AgentAliasName")], listNeeds: ["AgentId"] },
  "AWS::Bedrock::DataSource": {
    naturalKeys: [below("KnowledgeBaseId", "Name")],
    listNeeds: ["KnowledgeBaseId"],
  },
  "AWS::Bedrock::Flow": { naturalKeys: [by("Name")] },
  "AWS::Bedrock::FlowAlias": { naturalKeys: [below("FlowArn", "Name")], listNeeds: ["FlowArn"] },
  "AWS::Bedrock::Guardrail": { naturalKeys: [by("Name")] },
  "AWS::Bedrock::KnowledgeBase": { naturalKeys: [by("Name")] },
  "AWS::Bedrock::Prompt": { naturalKeys: [by("Name")] },
};

import { byKeys } from "../natural-key.ts";
import type { Notes } from "../note.ts";

/** https://docs.aws.amazon.com/chatbot/latest/APIReference/ */
export const chatbot: Notes = {
  "AWS::Chatbot::MicrosoftTeamsChannelConfiguration": { naturalKeys: [byKeys("ConfigurationName")] },
  "AWS::Chatbot::SlackChannelConfiguration": { naturalKeys: [byKeys("ConfigurationName")] },
};

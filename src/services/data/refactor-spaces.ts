import type { Notes } from "../note.ts";
import { hides } from "./write-only.ts";

/** What the registry calls write-only; a route cannot be updated for it (pulumi-aws-native #1866). */
export const refactorSpaces: Notes = {
  "AWS::RefactorSpaces::Route": hides("RouteType", "ServiceIdentifier", "DefaultRoute", "UriPathRoute"),
};

import type { Notes } from "../note.ts";
import { hides } from "./write-only.ts";

/** What the registry calls write-only; an authority cannot be updated for its subject (pulumi-aws-native #1866). */
export const acmpca: Notes = {
  "AWS::ACMPCA::CertificateAuthority": hides(
    "Subject",
    "CsrExtensions",
    "RevocationConfiguration",
    "KeyStorageSecurityStandard",
  ),
};

import { describe, expect, test } from "vitest";
import { documentedValues } from "../../src/codegen/documented-values.ts";

describe("values that documentation lists plainly are read", () => {
  test.each([
    ["The API protocol. Valid values are `WEBSOCKET` or `HTTP` . Required unless", ["WEBSOCKET", "HTTP"]],
    ["Valid values: `CONTINUE` | `ABANDON`", ["CONTINUE", "ABANDON"]],
    ["Valid values: SSLv3 | TLSv1.1 | TLSv1.2", ["SSLv3", "TLSv1.1", "TLSv1.2"]],
    ["Valid values are `ignore` , `prepend` , and `split` . The default", ["ignore", "prepend", "split"]],
    ["Currently fixed.\n\nThe only valid value is `HTTP` .", ["HTTP"]],
    ["Supported values are `A1` and `B2` , with the following behaviors:\n\n`A1`: …", ["A1", "B2"]],
    ["Valid values are:\n\n- `none` - Nothing is sent.\n- `all` – Everything is.", ["none", "all"]],
    ["*Valid values* : `a-1` | `b-2`", ["a-1", "b-2"]],
  ])("%j", (documentation, values) => expect(documentedValues(documentation)).toEqual(values));
});

describe("prose is not mistaken for values", () => {
  test.each([
    "For valid values, see the `RoleName` parameter.",
    "When `engine_name` is set to S3, the only allowed value is `none` .",
    "Valid values are 32 (or 0x20) to 8182 (or 0x1ff6).",
    "Valid values are the canonical names of the IANA time zones (such as `Etc/GMT+9` ).",
    "Valid Values: 1150-65535",
    "Possible values: Any available CIDR.",
    "Attributes:\n\n- `stickiness.type` - The type. The possible values are `lb_cookie` and `app_cookie` .",
    "Valid values are:\n\n- `none` - Nothing.\n- Anything else.",
    "",
  ])("%j", (documentation) => expect(documentedValues(documentation)).toEqual([]));
});

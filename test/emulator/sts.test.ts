import { expect, test } from "vitest";
import { openDesk, signed } from "../support/emulator/desk.ts";

const form = { ...signed, "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

const ask = async (url: string, body: string, headers: Record<string, string> = form) => {
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

test("GetCallerIdentity tells the account in XML", async () => {
  const { emulator } = await openDesk({ account: "210987654321" });
  const { status, type, text } = await ask(emulator.url, "Action=GetCallerIdentity&Version=2011-06-15");
  expect({ status, type }).toEqual({ status: 200, type: "text/xml" });
  expect(text).toContain('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">');
  expect(text).toContain("<Account>210987654321</Account>");
  expect(text).toContain("<Arn>arn:aws:iam::210987654321:user/emulator</Arn>");
  expect(emulator.calls).toMatchObject([{ api: "sts:GetCallerIdentity" }]);
});

test("another action, or no signature, is refused in XML", async () => {
  const { emulator } = await openDesk();
  const strange = await ask(emulator.url, "Action=AssumeRole&Version=2011-06-15");
  expect(strange.status).toBe(400);
  expect(strange.text).toContain("<Code>InvalidAction</Code>");
  const { "content-type": type } = form;
  const unsigned = await ask(emulator.url, "Action=GetCallerIdentity", { "content-type": type });
  expect(unsigned.status).toBe(403);
  expect(unsigned.text).toContain("<Code>MissingAuthenticationToken</Code>");
});

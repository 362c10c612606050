import { describe, expect, test } from "vitest";
import { type System, isRunning, isSameMachine, thisMachine } from "../../../src/state/lock/machine.ts";

const absent = (): never => {
  throw Object.assign(new Error("no such file"), { code: "ENOENT" });
};

const linux: System = {
  platform: "linux",
  read: () => "6f4c…\n",
  readLink: () => "pid:[4026531836]",
  seconds: () => 1_000,
  uptime: () => 400,
};
const mac: System = { ...linux, platform: "darwin", read: absent, readLink: absent };

const isSame = (a: System, b: System): boolean => isSameMachine(thisMachine(a), thisMachine(b));

describe("a machine", () => {
  test("is itself, by the start of its kernel and its space of pids", () => {
    expect(thisMachine(linux)).toMatchObject({ boot: "6f4c…", space: "pid:[4026531836]" });
    expect([isSame(linux, linux), isSame(mac, mac)]).toEqual([true, true]);
  });

  test.each<[string, System, System]>([
    ["was started anew", linux, { ...linux, read: () => "another" }],
    ["has other pids", linux, { ...linux, readLink: () => "pid:[1]" }],
    ["does not tell its start", { ...linux, read: absent }, { ...linux, read: absent }],
    ["does not tell its pids", { ...linux, readLink: absent }, { ...linux, readLink: absent }],
    ["is another system", linux, mac],
    ["is a Mac that was started anew", mac, { ...mac, uptime: () => 100 }],
    ["is Windows", { ...mac, platform: "win32" }, { ...mac, platform: "win32" }],
  ])("is not surely the same where one of its name %s", (_, a, b) => {
    expect(isSame(a, b)).toBe(false);
  });

  test("that is a Mac is itself at any time, also on the turn of a second", () => {
    let asked = 0;
    const turning = {
      ...mac,
      seconds: () => (asked++ === 0 ? 1_100 : 1_101),
      uptime: () => (asked > 2 ? 501 : 500),
    };
    expect(isSame(mac, { ...mac, seconds: () => 5_000, uptime: () => 4_400.9 })).toBe(true);
    expect(isSame(mac, turning)).toBe(true);
  });
});

describe("a process", () => {
  test("runs while it does, as itself", () => {
    expect([isRunning(process.pid, undefined), isRunning(2 ** 30, undefined)]).toEqual([true, false]);
    expect(isRunning(1, undefined)).toBe(true);
  });
});

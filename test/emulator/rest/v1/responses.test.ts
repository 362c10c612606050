import { describe, expect, test } from "vitest";
import { absent, conflict, patch } from "../../../support/emulator/rest/rest.ts";
import { openMock, openWorld } from "../../../support/emulator/rest/v1/world.ts";

describe("an integration response by REST", () => {
  test("is put, put again, read, changed and deleted, and nothing of its method changes", async () => {
    const { send, method } = await openMock();
    const header = "method.response.header.x";
    await send("PATCH", `${method}/responses/200`, patch("add", `/responseParameters/${header}`, "true"));
    const before = (await send("GET", method)).body;
    const path = `${method}/integration/responses/200`;
    const body = {
      selectionPattern: "2\\d\\d",
      contentHandling: "CONVERT_TO_TEXT",
      responseParameters: { [header]: "'x'" },
      responseTemplates: { "application/json": "{}" },
    };
    const shown = { ...body, statusCode: "200" };
    expect(await send("PUT", path, body)).toEqual({ status: 201, errorType: null, body: shown });
    expect(await send("PUT", path, body)).toMatchObject({ status: 201 });
    expect(await send("GET", path)).toEqual({ status: 200, errorType: null, body: shown });
    const replaced = await send("PATCH", path, patch("replace", "/selectionPattern", "3.."));
    expect(replaced).toMatchObject({ status: 200, body: { ...shown, selectionPattern: "3.." } });
    await send("PATCH", path, patch("add", "/responseTemplates/text~1plain", "hi"));
    const removed = await send("PATCH", path, patch("remove", `/responseParameters/${header}`));
    expect(removed.body).toEqual({
      statusCode: "200",
      selectionPattern: "3..",
      contentHandling: "CONVERT_TO_TEXT",
      responseTemplates: { "application/json": "{}", "text/plain": "hi" },
    });
    expect(await send("DELETE", path)).toMatchObject({ status: 204 });
    expect((await send("GET", method)).body).toEqual(before);
  });

  test("cannot fill a header that its method response does not name", async () => {
    const { send, method } = await openMock();
    const path = `${method}/integration/responses/200`;
    const filled = { responseParameters: { "method.response.header.x": "'x'" } };
    const refused = {
      status: 400,
      errorType: "BadRequestException",
      body: {
        message:
          "Invalid mapping expression specified: Validation Result: warnings : [], errors : " +
          "[Invalid mapping expression parameter specified: method.response.header.x]",
      },
    };
    expect(await send("PUT", path, filled)).toEqual(refused);
    await send("PUT", path, {});
    const change = patch("add", "/responseParameters/method.response.header.x", "'x'");
    expect(await send("PATCH", path, change)).toEqual(refused);
    await send(
      "PATCH",
      `${method}/responses/200`,
      patch("add", "/responseParameters/method.response.header.x", "true"),
    );
    expect(await send("PUT", path, filled)).toMatchObject({ status: 201 });
  });

  test("cannot be for a status that no method response declares", async () => {
    const { send, method } = await openMock();
    expect(await send("PUT", `${method}/integration/responses/500`, {})).toEqual(
      absent("Invalid Response status code specified"),
    );
  });

  test("is the only one of its selection pattern", async () => {
    const { send, method } = await openMock();
    await send("PUT", `${method}/integration/responses/200`, {});
    const path = `${method}/integration/responses/400`;
    expect(await send("PUT", path, { selectionPattern: "" })).toEqual(
      conflict("Integration response with selection pattern default already exists"),
    );
    expect(await send("PUT", path, { selectionPattern: "4.." })).toMatchObject({ status: 201 });
    const clash = await send("PATCH", path, patch("replace", "/selectionPattern", ""));
    expect(clash).toEqual(conflict("Integration response with selection pattern default already exists"));
  });

  test("is missing below what is missing", async () => {
    const { send, api, resource, method } = await openMock();
    const drop = (path: string, status = "200") => send("DELETE", `${path}/integration/responses/${status}`);
    const noResource = absent("Invalid Resource identifier specified");
    expect(await drop(`${api}/resources/none/methods/GET`)).toEqual(noResource);
    expect(await drop(`/restapis/none/resources/${resource}/methods/GET`)).toEqual(noResource);
    const noIntegration = absent("Invalid Integration identifier specified");
    expect(await drop(`${api}/resources/${resource}/methods/PUT`)).toEqual(noIntegration);
    expect(await drop(method)).toEqual(absent("Invalid Response status code specified"));
    expect(await drop(method, "20x")).toMatchObject({ status: 400, errorType: "ValidationException" });
  });
});

describe("a method response by REST", () => {
  test("is put once, read, changed and deleted", async () => {
    const { send, method } = await openWorld();
    const path = `${method}/responses/200`;
    const body = {
      responseModels: { "application/json": "Empty" },
      responseParameters: { "method.response.header.x": true },
    };
    const shown = { ...body, statusCode: "200" };
    expect(await send("PUT", path, body)).toEqual({ status: 201, errorType: null, body: shown });
    expect(await send("PUT", path, body)).toEqual(conflict("Response already exists for this resource"));
    expect(await send("GET", path)).toMatchObject({ status: 200, body: shown });
    const changed = patch("replace", "/responseParameters/method.response.header.x", "false");
    expect(await send("PATCH", path, changed)).toMatchObject({
      status: 201,
      body: { responseParameters: { "method.response.header.x": false } },
    });
    expect(await send("PATCH", path, patch("remove", "/responseModels/text~1plain"))).toEqual(
      absent("Content-Type specified was not found"),
    );
    expect(
      await send("PATCH", path, patch("remove", "/responseParameters/method.response.header.y")),
    ).toEqual(absent("Invalid parameter name specified"));
    expect(await send("DELETE", path)).toMatchObject({ status: 204 });
    expect(await send("DELETE", path)).toEqual(absent("Invalid Response status code specified"));
  });

  test("may go before the integration response of its status", async () => {
    const { send, method } = await openMock();
    await send("PUT", `${method}/integration/responses/200`, {});
    expect(await send("DELETE", `${method}/responses/200`)).toMatchObject({ status: 204 });
    expect(await send("GET", `${method}/integration/responses/200`)).toMatchObject({ status: 200 });
  });
});

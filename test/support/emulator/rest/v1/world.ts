import { type Desk, openDesk } from "../../desk.ts";
import { type Send, restOf } from "../rest.ts";

export interface World {
  readonly desk: Desk;
  readonly send: Send;
  /** The path of an API. */
  readonly api: string;
  readonly apiId: string;
  readonly root: string;
  /** The path of the GET method on `/pets`, which has no integration yet. */
  readonly method: string;
  readonly resource: string;
}

/** An API with one method, made by REST alone. */
export async function openWorld(): Promise<World> {
  const desk = await openDesk();
  const send = restOf(desk);
  const { body: made } = await send("POST", "/restapis", { name: "zoo", tags: { Team: "x" } });
  const api = `/restapis/${String(made["id"])}`;
  const root = String(made["rootResourceId"]);
  const { body: pets } = await send("POST", `${api}/resources/${root}`, { pathPart: "pets" });
  const resource = String(pets["id"]);
  const method = `${api}/resources/${resource}/methods/GET`;
  await send("PUT", method, { authorizationType: "NONE" });
  return { desk, send, api, apiId: String(made["id"]), root, method, resource };
}

/** The same with a mock integration and two statuses declared. */
export async function openMock(): Promise<World> {
  const world = await openWorld();
  const { send, method } = world;
  await send("PUT", `${method}/integration`, { type: "MOCK" });
  for (const status of ["400", "200"]) await send("PUT", `${method}/responses/${status}`, {});
  return world;
}

import type { Props } from "../../../json.ts";
import { objectIn } from "../reply.ts";
import { modelShape } from "../shape.ts";
import { type Call, type Row, knownAs } from "./call.ts";
import { edit, make, oneRows } from "./members.ts";
import { integrationOf, methodAt, methodPath, partFacts, saveMethod } from "./method-at.ts";
import { patchModel } from "./patch.ts";
import { integrationItem, itemOf, modelOf, namesOf } from "./shape.ts";

const path = methodPath;
const within = `${path}/integration`;

/** The operations on methods and on their integrations. */
export const methodRows: readonly Row[] = [
  { method: "PUT", path, api: "PutMethod", status: 201, answer: put },
  {
    method: "GET",
    path,
    api: "GetMethod",
    status: 200,
    answer: (call) => itemOf(knownAs(call, "Method"), "Method", methodAt(call)),
  },
  {
    method: "PATCH",
    path,
    api: "UpdateMethod",
    status: 200,
    answer: (call) => itemOf(knownAs(call, "Method"), "Method", edit(call, "Method", methodAt(call))),
  },
  ...oneRows("Method", path, ["ResourceId", "HttpMethod"]).filter(({ method }) => method === "DELETE"),
  { method: "PUT", path: within, api: "PutIntegration", status: 201, answer: putIntegration },
  {
    method: "GET",
    path: within,
    api: "GetIntegration",
    status: 200,
    answer: (call) => integrationItem(knownAs(call, "Method"), integrationOf(methodAt(call))),
  },
  { method: "PATCH", path: within, api: "UpdateIntegration", status: 200, answer: editIntegration },
  { method: "DELETE", path: within, api: "DeleteIntegration", status: 204, answer: dropIntegration },
];

function put(call: Call): Props {
  const known = knownAs(call, "Method");
  const desired = { ...modelOf(known, "Method", objectIn(call.body)), ...call.names };
  return itemOf(known, "Method", make(call, "Method", desired));
}

/** An integration that is put anew has no responses, whatever was there before. */
function putIntegration(call: Call): Props {
  const facts = partFacts(call, "Integration");
  const integration = modelShape(facts, objectIn(call.body), namesOf("Method"));
  return writeIntegration(call, integration);
}

function editIntegration(call: Call): Props {
  const subject = {
    facts: partFacts(call, "Integration"),
    names: namesOf("Method"),
    closed: ["IntegrationResponses", "Type"],
  };
  const current = integrationOf(methodAt(call));
  return writeIntegration(call, patchModel(subject, "UpdateIntegration", current, objectIn(call.body)));
}

function writeIntegration(call: Call, integration: Props): Props {
  const method = saveMethod(call, methodAt(call), { Integration: integration });
  return integrationItem(knownAs(call, "Method"), integrationOf(method));
}

function dropIntegration(call: Call): undefined {
  const method = methodAt(call);
  integrationOf(method);
  saveMethod(call, method, { Integration: undefined });
}

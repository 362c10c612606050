import { CloudControlResource } from "../../../src/aws/cloud-control-resource.ts";
import type { Props } from "../../../src/json.ts";
import type { Wording } from "./twelve.ts";

/** What a script says at one time: how each id that it declares is worded. */
export type Script = ReadonlyMap<string, Wording>;

/** One id, and what a script may ask of it. */
interface Item {
  readonly type: string;
  readonly desired: (wording: Wording) => Props;
  /** Whose ApiId it takes, without which it cannot be. */
  readonly parent?: string;
}

/** Six ids of five types: named by the user or by the server, replaced create-first or delete-first, one in another. */
export const items: Readonly<Record<string, Item>> = {
  named: {
    type: "AWS::SQS::Queue",
    desired: ({ words, name }) => ({ QueueName: `named-${name}`, DelaySeconds: words.length }),
  },
  unnamed: { type: "AWS::SQS::Queue", desired: ({ words }) => ({ DelaySeconds: words.length }) },
  log: {
    type: "AWS::Logs::LogGroup",
    desired: ({ words, name }) => ({ LogGroupName: `/${name}`, RetentionInDays: words === "old" ? 7 : 14 }),
  },
  role: {
    type: "AWS::IAM::Role",
    desired: ({ words, name }) => ({
      RoleName: "role",
      Path: `/${name}/`,
      Description: words,
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
    }),
  },
  api: {
    type: "AWS::ApiGatewayV2::Api",
    desired: ({ words, name }) => ({
      Name: "chat",
      Description: words,
      ProtocolType: name === "a" ? "HTTP" : "WEBSOCKET",
      RouteSelectionExpression: name === "a" ? "$request.method $request.path" : "$request.body.action",
    }),
  },
  stage: {
    type: "AWS::ApiGatewayV2::Stage",
    desired: ({ words, name }) => ({ StageName: name, Description: words }),
    parent: "api",
  },
};

/** What a script says of each id, less those whose parent it does not declare. */
export function declaredIn(script: Script): ReadonlyMap<string, { type: string; desired: Props }> {
  const said = [...script].flatMap(([id, wording]) => {
    const item = items[id];
    const isOrphan = item?.parent !== undefined && !script.has(item.parent);
    return item && !isOrphan ? [[id, { type: item.type, desired: item.desired(wording) }] as const] : [];
  });
  return new Map(said);
}

/** Declares what a script says, children after their parent. */
export async function perform(script: Script): Promise<void> {
  const declared = [...declaredIn(script)];
  const made = new Map<string, Promise<Props>>();
  const isChild = (id: string): number => (items[id]?.parent === undefined ? 0 : 1);
  for (const [id, { type, desired }] of declared.toSorted(([a], [b]) => isChild(a) - isChild(b))) {
    const parent = made.get(items[id]?.parent ?? "");
    made.set(
      id,
      declare(id, type, parent ? parent.then(({ ApiId = "" }) => ({ ...desired, ApiId })) : desired),
    );
  }
  await Promise.all(made.values());
}

const declare = async (id: string, TypeName: string, desired: Props | Promise<Props>): Promise<Props> =>
  CloudControlResource(id, { TypeName, DesiredState: await desired, allowReplace: true });

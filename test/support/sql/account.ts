import type { Emulator } from "../../../src/emulator/index.ts";
import { reconcile } from "../../../src/app/reconcile.ts";
import type { Props } from "../../../src/json.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { type Row, type SqlOptions, type SqlValue, sql } from "../../../src/sql/index.ts";
import { type Cloud, cloud } from "../run.ts";

/** An emulated account to ask by SQL. */
export interface Account extends Cloud {
  /** Runs a statement in a run of its own, which knows the account. */
  readonly ask: (text: string, values?: readonly SqlValue[], options?: SqlOptions) => Promise<Row[]>;
  /** The same as a stream, read to its end or so far. */
  readonly stream: (text: string, most?: number) => Promise<Row[]>;
  /** What a piece of work calls, by API, however often; descriptions of types are left out, for they are read once. */
  readonly callsOf: <T>(
    work: () => Promise<T>,
  ) => Promise<{ readonly value: T; readonly calls: Record<string, number> }>;
}

/** Starts an account for one test. */
export const account = async (store?: StateStore): Promise<Account> => accountIn(await cloud({}, store));

/** Lets a cloud be asked. */
export function accountIn(one: Cloud): Account {
  const options: SqlOptions = { store: one.store };
  return {
    ...one,
    ask: (text, values = [], more = {}) =>
      within(one, () => sql.with({ ...options, ...more })(statement(text), ...values)),
    stream: (text, most = Infinity) =>
      within(one, async () => {
        const rows: Row[] = [];
        if (most === 0) return rows;
        for await (const row of sql.with(options).stream(statement(text))) if (rows.push(row) >= most) break;
        return rows;
      }),
    callsOf: (work) => callsOf(one.emulator, work),
  };
}

async function within<T>({ emulator, store }: Cloud, work: () => Promise<T>): Promise<T> {
  let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  await reconcile(
    "asking",
    async () => {
      outcome = await work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
    },
    { store, endpoint: emulator.url },
  );
  if (outcome && "value" in outcome) return outcome.value;
  throw outcome?.error ?? new Error("the program never ran");
}

async function callsOf<T>(
  { calls }: Emulator,
  work: () => Promise<T>,
): Promise<{ value: T; calls: Record<string, number> }> {
  const before = calls.length;
  const value = await work();
  const counts: Record<string, number> = {};
  for (const { api } of calls.slice(before)) {
    if (!api.endsWith("DescribeType")) counts[api] = (counts[api] ?? 0) + 1;
  }
  return { value, calls: counts };
}

/** A statement as a tag is given it, with `$1` where values stand. */
function statement(text: string): TemplateStringsArray {
  const parts = text.split(/\$\d/);
  return Object.assign(parts, { raw: parts });
}

/** APIs with integrations and responses, so many of each in the one above. */
export function putApis(
  { emulator }: Pick<Account, "emulator">,
  [apis, integrations, responses]: readonly [number, number, number],
): void {
  const idOf = (props: Props, name: string): string => String(props[name]);
  for (let a = 0; a < apis; a++) {
    const api = emulator.put("AWS::ApiGatewayV2::Api", {
      Name: `api-${a}`,
      ProtocolType: "WEBSOCKET",
      RouteSelectionExpression: "$request.body.action",
    });
    const ApiId = idOf(api.Properties, "ApiId");
    for (let i = 0; i < integrations; i++) {
      const integration = emulator.put("AWS::ApiGatewayV2::Integration", { ApiId, IntegrationType: "MOCK" });
      const IntegrationId = idOf(integration.Properties, "IntegrationId");
      for (let r = 0; r < responses; r++) {
        emulator.put("AWS::ApiGatewayV2::IntegrationResponse", {
          ApiId,
          IntegrationId,
          IntegrationResponseKey: `/${200 + r}/`,
          TemplateSelectionExpression: "$default",
        });
      }
    }
  }
}

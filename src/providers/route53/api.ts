// https://docs.aws.amazon.com/Route53/latest/APIReference/
import type {
  ChangeResourceRecordSetsCommandInput,
  HostedZone,
  ListResourceRecordSetsCommandInput as ListInput,
  ListResourceRecordSetsCommandOutput,
  ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { ResourceError, isResourceError } from "../../errors.ts";
import { type Aside, type Where, type Wire, clientOptions, openApiClient } from "../../wire/client.ts";
import { type Page, itemsOf } from "../../wire/pages.ts";
import type { RequestSubject } from "../../wire/observe.ts";
import type { Pause } from "../../wire/retry.ts";
import { type RecordSetKey, isNamedBy, plainName, recordSetType } from "./model.ts";

type Sdk = typeof import("@aws-sdk/client-route-53");
/** What is told of a change on its way, and what is asked before each time that it goes out. */
interface ChangeInProgress {
  readonly onPause: OnPause;
  readonly permit: (() => void) | undefined;
}

type OnPause = ((pause: Pause) => void) | undefined;

/** A change that Route 53 has taken on. */
export interface SubmittedChange {
  /** Names it for GetChange, e.g. `C2682N5HXP0BZ4`. */
  readonly id: string;
  /** Whether every name server answers with it. */
  readonly isInSync: boolean;
}

/** What of Route 53 record sets take. */
export interface Route53 {
  /** The id of a zone given by its id or its name: `PARENT_NOT_FOUND` where there is none, `AMBIGUOUS` among several. */
  zoneIdOf(zone: string): Promise<string>;
  /** The name of a zone, with its dot; undefined where the caller may not read it. */
  zoneNameOf(id: string): Promise<string | undefined>;
  /** One record set of a zone; undefined where it is not there. */
  readSet(zone: string, key: RecordSetKey, onPause?: OnPause): Promise<ResourceRecordSet | undefined>;
  listSets(zone: string): AsyncIterable<ResourceRecordSet>;
  submit(input: ChangeResourceRecordSetsCommandInput, going: ChangeInProgress): Promise<SubmittedChange>;
  /** How a change goes; `NOT_FOUND` where Route 53 does not know it. */
  changeOf(id: string, signal?: AbortSignal): Promise<SubmittedChange>;
}

/** Opens Route 53. Its client is loaded by the first call: only who declares record sets needs it installed. */
export function route53(where: Where, wire: Wire): Route53 {
  const out = openApiClient(wire);
  let loading: Promise<OpenClient> | undefined;
  const withClient =
    <T>(request: (opened: OpenClient, cut: HttpCut) => Promise<T>) =>
    async (abortSignal: AbortSignal): Promise<T> =>
      request(await (loading ??= openClient(where, wire)), { abortSignal });
  const listPage = async (input: ListInput, onPause?: OnPause): Promise<Page<ResourceRecordSet>> => {
    const list = withClient(({ sdk, client }, cut) =>
      client.send(new sdk.ListResourceRecordSetsCommand(input), cut),
    );
    return pageOf(await out.send("ListResourceRecordSets", list, { onPause, about: recordSets(input) }));
  };
  const zonesByName = async (DNSName: string): Promise<readonly HostedZone[]> => {
    const list = withClient(({ sdk, client }, cut) =>
      client.send(new sdk.ListHostedZonesByNameCommand({ DNSName }), cut),
    );
    return (await out.send("ListHostedZonesByName", list)).HostedZones ?? [];
  };

  const nameOfZone = async (Id: string): Promise<string | undefined> => {
    const get = withClient(({ sdk, client }, cut) => client.send(new sdk.GetHostedZoneCommand({ Id }), cut));
    return (await out.send("GetHostedZone", get)).HostedZone?.Name;
  };
  return {
    zoneIdOf: zoneFinder(zonesByName),
    zoneNameOf: zoneNamer(nameOfZone),
    readSet: async (zone, key, onPause) => {
      const { items } = await listPage({ HostedZoneId: zone, ...startAt(key), MaxItems: 1 }, onPause);
      return items.find((set) => isNamedBy(set, key));
    },
    listSets: (zone) =>
      itemsOf({
        fetch: (token) => listPage({ HostedZoneId: zone, ...startOf(token) }),
        keyOf: ({ Name, Type, SetIdentifier }) => JSON.stringify([Name, Type, SetIdentifier]),
      }),
    submit: async (input, { onPause, permit }) => {
      permit?.();
      const change = withClient(({ sdk, client }, cut) => {
        permit?.();
        return client.send(new sdk.ChangeResourceRecordSetsCommand(input), cut);
      });
      const aside = { onPause, about: recordSets(input) };
      return submittedIn((await out.write("ChangeResourceRecordSets", change, aside)).ChangeInfo);
    },
    changeOf: async (Id, signal) => {
      const ask = withClient(({ sdk, client }, cut) => client.send(new sdk.GetChangeCommand({ Id }), cut));
      return submittedIn((await out.settle("GetChange", ask, askAfter(Id, signal))).ChangeInfo);
    },
  };
}

const askAfter = (requestToken: string, signal: AbortSignal | undefined): Aside => ({
  signal,
  about: () => ({ requestToken }),
});

/** The record sets of a zone, as what a request is about. */
const recordSets =
  ({ HostedZoneId: identifier }: Pick<ListInput, "HostedZoneId">) =>
  (): RequestSubject => ({ type: recordSetType, identifier });

/** Makes a finder of zones that asks for each name once, as long as there is one of that name. */
function zoneFinder(zonesByName: (name: string) => Promise<readonly HostedZone[]>): Route53["zoneIdOf"] {
  const known = new Map<string, Promise<string>>();
  const find = async (name: string): Promise<string> => {
    const zones = await zonesByName(name);
    const named = zones.filter((zone) => plainName(zone.Name ?? "") === plainName(name));
    return onlyOf(
      name,
      named.map(({ Id = "" }) => bareId(Id)),
    );
  };
  return (zone) => {
    if (isZoneId(bareId(zone))) return Promise.resolve(bareId(zone));
    const id = known.get(zone) ?? find(zone);
    known.set(zone, id);
    // A zone that is not there yet may be a moment later.
    id.catch(() => known.delete(zone));
    return id;
  };
}

/** Makes a namer of zones that asks for each once; who may not read zones may still write their record sets. */
function zoneNamer(nameOfZone: (id: string) => Promise<string | undefined>): Route53["zoneNameOf"] {
  const known = new Map<string, Promise<string | undefined>>();
  return (id) => {
    const name =
      known.get(id) ??
      nameOfZone(id).catch((error: unknown) => {
        if (isResourceError(error) && error.code === "ACCESS_DENIED") return undefined;
        known.delete(id);
        throw error;
      });
    known.set(id, name);
    return name;
  };
}

/** Cuts the connection of one request. */
interface HttpCut {
  readonly abortSignal: AbortSignal;
}

interface OpenClient {
  readonly sdk: Sdk;
  readonly client: Route53Client;
}

/** The client is a peer that only who declares record sets installs. */
async function openClient(where: Where, wire: Wire): Promise<OpenClient> {
  const sdk = await import("@aws-sdk/client-route-53").catch((cause: unknown) => {
    throw new ResourceError(
      "UNSUPPORTED_TYPE",
      "Cloud Control does not serve record sets, and Route 53's own client is not installed",
      { advice: "Run npm install @aws-sdk/client-route-53.", cause },
    );
  });
  // Route 53 is one for all regions; a profile without a region need not have one for it.
  const options = clientOptions(where, wire);
  return { sdk, client: new sdk.Route53Client({ region: "us-east-1", ...options }) };
}

const bareId = (id: string): string => id.replace(/^\/?hostedzone\//, "");

/** Ids are capitals and digits, at most 32; names hold a dot or small letters. */
const isZoneId = (text: string): boolean => /^[A-Z0-9]{1,32}$/.test(text);

function onlyOf(name: string, ids: readonly string[]): string {
  const [only, ...more] = ids;
  if (only === undefined) throw new ResourceError("PARENT_NOT_FOUND", `no hosted zone is named ${name}`);
  if (more.length === 0) return only;
  throw new ResourceError("AMBIGUOUS", `${ids.length} hosted zones are named ${name}: ${ids.join(", ")}`, {
    paths: ["/HostedZoneName"],
    advice: "State HostedZoneId with the one that is meant.",
  });
}

type Start = Pick<ListInput, "StartRecordName" | "StartRecordType" | "StartRecordIdentifier">;

const startAt = ({ name, type, setIdentifier }: RecordSetKey): Start => ({
  StartRecordName: plainName(name),
  StartRecordType: type as NonNullable<ResourceRecordSet["Type"]>,
  ...(setIdentifier !== undefined && { StartRecordIdentifier: setIdentifier }),
});

/** Where a page begins is three values; a list goes on from one token. */
const startOf = (token: string | undefined): Start =>
  token === undefined ? {} : (JSON.parse(token) as Start);

function pageOf(page: Partial<ListResourceRecordSetsCommandOutput>): Page<ResourceRecordSet> {
  const { ResourceRecordSets: items = [], IsTruncated } = page;
  const { NextRecordName, NextRecordType, NextRecordIdentifier } = page;
  const next = {
    StartRecordName: NextRecordName,
    StartRecordType: NextRecordType,
    StartRecordIdentifier: NextRecordIdentifier,
  };
  return { items, next: IsTruncated === true ? JSON.stringify(next) : undefined };
}

function submittedIn(
  change: { readonly Id?: string | undefined; readonly Status?: string | undefined } | undefined,
): SubmittedChange {
  if (change?.Id === undefined) {
    throw new ResourceError("UNAVAILABLE", "Route 53 does not say which change it has taken on");
  }
  return { id: change.Id.replace(/^\/change\//, ""), isInSync: change.Status === "INSYNC" };
}

import { makeAllowance } from "./allowance.ts";
import { type KeptData, load, save } from "./data-file.ts";
import { type Objects, openObjects } from "./objects.ts";
import type { Settings } from "./options.ts";
import type { Request } from "./request.ts";
import type { Resource } from "./resource.ts";

/** All the emulator remembers: resources, and the records of requests. */
export interface Cloud {
  readonly settings: Settings;
  readonly find: (type: string, identifier: string) => Resource | undefined;
  /** In order of creation. */
  readonly all: (type?: string) => readonly Resource[];
  readonly place: (resource: Resource) => void;
  readonly take: (resource: Resource) => void;
  /** Lets reads show a resource until then (epoch milliseconds), although it is gone. */
  readonly haunt: (resource: Resource, until: number) => void;
  /** What is gone and still shows, in order of removal. */
  readonly ghosts: (type: string) => readonly Resource[];
  readonly requests: () => readonly Request[];
  readonly requestOf: (token: string) => Request | undefined;
  readonly note: (request: Request) => void;
  readonly forget: (request: Request) => void;
  /** What lies in its buckets. */
  readonly objects: Objects;
  /** Notes that a REST write of an API is under way, until the function it answers with is called. */
  readonly hold: (api: string) => () => void;
  readonly isHeld: (api: string) => boolean;
  /** Counts a call of Cloud Control, and tells whether it is within what is taken a second. */
  readonly admits: () => boolean;
  /** Writes the data file if anything has changed since the last time. */
  readonly keep: () => void;
}

/** Opens a cloud, empty or as its data file has it. */
export function openCloud(settings: Settings): Cloud {
  const kept: KeptData = settings.data === undefined ? { resources: [], requests: [] } : load(settings.data);
  const resources = new Map(kept.resources.map((resource) => [keyOf(resource), resource]));
  const requests = new Map(kept.requests.map((request) => [request.token, request]));
  const held = new Map<symbol, string>();
  const ghosts = new Map<string, { readonly resource: Resource; readonly until: number }>();
  let stale = false;
  const objects = openObjects(kept.objects ?? [], () => {
    stale = true;
  });
  const changing =
    <T>(act: (value: T) => void) =>
    (value: T): void => {
      act(value);
      stale = true;
    };
  return {
    settings,
    find: (type, identifier) => resources.get(keyOf({ type, identifier })),
    all: (type) => [...resources.values()].filter((resource) => type === undefined || resource.type === type),
    place: changing((resource) => resources.set(keyOf(resource), resource)),
    take: changing((resource) => resources.delete(keyOf(resource))),
    haunt: (resource, until) => ghosts.set(keyOf(resource), { resource, until }),
    ghosts: (type) =>
      [...ghosts.values()].flatMap(({ resource, until }) =>
        resource.type === type && settings.now() < until ? [resource] : [],
      ),
    requests: () => [...requests.values()],
    requestOf: (token) => requests.get(token),
    note: changing((request) => requests.set(request.token, request)),
    forget: changing((request) => requests.delete(request.token)),
    objects,
    hold: (api) => {
      const writing = Symbol(api);
      held.set(writing, api);
      return () => held.delete(writing);
    },
    admits: makeAllowance(settings),
    isHeld: (api) => [...held.values()].includes(api),
    keep: () => {
      if (!stale) return;
      stale = false;
      if (settings.data === undefined) return;
      const all = { resources: [...resources.values()], requests: [...requests.values()] };
      save(settings.data, { ...all, objects: objects.kept() });
    },
  };
}

const keyOf = ({ type, identifier }: { readonly type: string; readonly identifier: string }): string =>
  `${type} ${identifier}`;

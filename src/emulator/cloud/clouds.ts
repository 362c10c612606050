import { type Cloud, openCloud } from "./cloud.ts";
import type { Settings } from "./options.ts";
import { type Realm, isGlobal } from "./realm.ts";

/** The clouds of every account and region that somebody has asked for. */
export interface Clouds {
  /** The one where nobody says otherwise. */
  readonly home: Cloud;
  readonly at: (realm: Realm) => Cloud;
  readonly all: () => readonly Cloud[];
}

/** Opens each cloud when it is first asked for; those beyond the first keep a data file beside that one's. */
export function openClouds(settings: Settings): Clouds {
  const opened = new Map<string, Cloud>();
  const at = ({ account, region }: Realm): Cloud => {
    const key = `${account}.${region}`;
    const cloud = opened.get(key) ?? open(account, region);
    opened.set(key, cloud);
    return cloud;
  };
  const open = (account: string, region: string): Cloud => {
    const isHome = account === settings.account && region === settings.region;
    const data =
      isHome || settings.data === undefined ? settings.data : `${settings.data}.${account}.${region}`;
    const own = openCloud({ ...settings, account, region, data });
    return region === settings.region ? own : withGlobal(own, at({ account, region: settings.region }));
  };
  return { home: at(settings), at, all: () => [...opened.values()] };
}

/** Lets a region see the resources that belong to the account as a whole, which one of its regions keeps. */
function withGlobal(own: Cloud, keeper: Cloud): Cloud {
  const of = (type: string): Cloud => (isGlobal(type) ? keeper : own);
  return {
    ...own,
    find: (type, identifier) => of(type).find(type, identifier),
    all: (type) =>
      type === undefined
        ? [...keeper.all().filter((one) => isGlobal(one.type)), ...own.all()]
        : of(type).all(type),
    place: (resource) => of(resource.type).place(resource),
    take: (resource) => of(resource.type).take(resource),
    haunt: (resource, until) => of(resource.type).haunt(resource, until),
    ghosts: (type) => of(type).ghosts(type),
    keep: () => {
      own.keep();
      keeper.keep();
    },
  };
}

import { type Json, type Props, canonical, isList, isProps } from "../json.ts";
import { documentIn } from "./document.ts";

/**
 * Tells whether both are IAM policies, or statements of one, that mean the same: a list of one is its item, the order
 * of statements, actions, resources, principals and conditions has no meaning, neither has the case of actions and of
 * the names of condition keys; an account is its root, and everyone is every AWS principal. JSON text is read.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function isSamePolicy(a: Json, b: Json): boolean {
  const [left, right] = [policyIn(a), policyIn(b)];
  if (!left || !right) return false;
  const partition = partitionIn([left, right]);
  return meaningOf(left, partition) === meaningOf(right, partition);
}

/** The meaning of a policy as text, alike for all that `isSamePolicy` calls the same; undefined for any other value. */
export function policyMeaning(value: Json): string | undefined {
  const policy = policyIn(value);
  return policy && meaningOf(policy, undefined);
}

/** What is said of a policy as a whole, and its statements; a statement alone has only them. */
interface Policy {
  readonly about: Props | undefined;
  readonly statements: readonly Props[];
}

function policyIn(value: Json): Policy | undefined {
  const document = documentIn(value) ?? value;
  if (!isProps(document)) return undefined;
  if (!Object.hasOwn(document, "Statement")) {
    return isStatement(document) ? { about: undefined, statements: [document] } : undefined;
  }
  // Without a version it is the older one: both are written out alike.
  const { Statement, Version = "2008-10-17", ...rest } = document;
  const statements = isList(Statement) ? Statement : [Statement ?? null];
  const isWhole = statements.every(isStatement) && Object.keys(rest).every((name) => name === "Id");
  return isWhole ? { about: { ...rest, Version }, statements: statements.filter(isStatement) } : undefined;
}

const members = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

const isStatement = (value: Json | undefined): value is Props =>
  isProps(value) &&
  (value["Effect"] === "Allow" || value["Effect"] === "Deny") &&
  Object.keys(value).every((name) => members.has(name));

/** Where two are not held against each other, no partition is known: a root is then written as its account. */
const meaningOf = ({ about, statements }: Policy, partition: string | undefined): string =>
  canonical([about ?? null, ...statements.map((one) => canonical(statementOf(one, partition))).toSorted()]);

function statementOf(statement: Props, partition: string | undefined): Props {
  const { Sid, Condition } = statement;
  return Object.fromEntries([
    ["Effect", statement["Effect"] ?? null],
    ...(Sid === undefined || Sid === "" ? [] : [["Sid", Sid] as const]),
    ...readMembers(statement, ["Action", "NotAction"], (actions) =>
      setOf(actions, (one) => one.toLowerCase()),
    ),
    ...readMembers(statement, ["Resource", "NotResource"], (resources) => setOf(resources)),
    ...readMembers(statement, ["Principal", "NotPrincipal"], (principals) =>
      principalsOf(principals, partition),
    ),
    ...(Condition === undefined || isEmpty(Condition)
      ? []
      : [["Condition", conditionOf(Condition)] as const]),
  ]);
}

const readMembers = (
  statement: Props,
  names: readonly string[],
  read: (value: Json) => Json,
): (readonly [string, Json])[] =>
  names.flatMap((name) => {
    const value = statement[name];
    return value === undefined ? [] : [[name, read(value)] as const];
  });

const isEmpty = (value: Json): boolean => isProps(value) && Object.keys(value).length === 0;

/** One or a list, as the set that both are; 5 and true are their texts. */
function setOf(value: Json, read: (text: string) => string = (text) => text): Json {
  const items = isList(value) ? value : [value];
  const texts = items.map((item) => (isList(item) || isProps(item) ? canonical(item) : read(String(item))));
  return [...new Set(texts)].toSorted();
}

function principalsOf(value: Json, partition: string | undefined): Json {
  if (value === "*") return { AWS: ["*"] };
  if (!isProps(value)) return value;
  const account = (text: string): string =>
    partition === undefined
      ? (rootArn.exec(text)?.[1] ?? text)
      : accountId.test(text)
        ? rootOf(partition, text)
        : text;
  return Object.fromEntries(
    Object.entries(value).map(([kind, ones]) => [kind, setOf(ones, kind === "AWS" ? account : undefined)]),
  );
}

const accountId = /^\d{12}$/;
const rootArn = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;
const rootOf = (partition: string, account: string): string => `arn:${partition}:iam::${account}:root`;

/** The partition that the policies' own ARNs name: an account alone tells none. */
function partitionIn(policies: readonly Policy[]): string {
  return /"arn:(aws[a-z-]*):iam::\d{12}:root"/.exec(JSON.stringify(policies))?.[1] ?? "aws";
}

/** The name of a key is read in any case, that of a tag in it as it is written. */
function conditionOf(condition: Json): Json {
  if (!isProps(condition)) return condition;
  const read = (keys: Json): Json =>
    isProps(keys)
      ? Object.entries(keys)
          .map(([key, values]) => canonical([keyOf(key), setOf(values)]))
          .toSorted()
      : keys;
  return Object.fromEntries(Object.entries(condition).map(([operator, keys]) => [operator, read(keys)]));
}

function keyOf(key: string): string {
  const [name = "", ...tag] = key.split("/");
  return [name.toLowerCase(), ...tag].join("/");
}

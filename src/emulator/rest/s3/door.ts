import type { Cloud } from "../../cloud/cloud.ts";
import type { Clouds } from "../../cloud/clouds.ts";
import { knownOf } from "../../cloud/known-type.ts";
import { isForS3 } from "../../cloud/realm.ts";
import { createAnywhere } from "../../cloud/lifecycle.ts";
import { remove } from "../../cloud/removal.ts";
import type { Door, Incoming, Reply } from "../../doors/door.ts";
import { type Address, addressIn } from "./address.ts";
import { listObjects } from "./list.ts";
import { deleteObject, deleteObjects, getObject, putObject } from "./objects.ts";
import { S3Refusal, element, emptyReply, refusalReply, xmlReply } from "./xml.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html: objects, and as much
// of buckets as it takes to have some. A bucket is the same as the AWS::S3::Bucket of Cloud Control.

type Answer = (cloud: Cloud, address: Address, incoming: Incoming) => Reply;

interface Operation {
  readonly api: string;
  /** The permission that it needs, where that is not its name. */
  readonly action?: string;
  readonly answer: Answer;
  /** Whether the bucket need not be there. */
  readonly isOfNone?: boolean;
}

const onObjects: Readonly<Record<string, Operation>> = {
  GET: { api: "GetObject", answer: getObject },
  HEAD: { api: "HeadObject", action: "GetObject", answer: getObject },
  PUT: { api: "PutObject", answer: putObject },
  DELETE: { api: "DeleteObject", answer: deleteObject },
};

const onBuckets: Readonly<Record<string, Operation>> = {
  "GET list-type": { api: "ListObjectsV2", action: "ListBucket", answer: listObjects },
  "GET location": {
    api: "GetBucketLocation",
    answer: ({ settings: { region } }) =>
      xmlReply("LocationConstraint", region === "us-east-1" ? "" : region),
  },
  HEAD: {
    api: "HeadBucket",
    action: "ListBucket",
    answer: ({ settings: { region } }) => emptyReply(200, { "x-amz-bucket-region": region }),
  },
  PUT: { api: "CreateBucket", answer: createBucket, isOfNone: true },
  DELETE: { api: "DeleteBucket", answer: deleteBucket },
  "POST delete": { api: "DeleteObjects", action: "DeleteObject", answer: deleteObjects },
};

const onService: Readonly<Record<string, Operation>> = {
  GET: { api: "ListBuckets", action: "ListAllMyBuckets", answer: listBuckets, isOfNone: true },
};

/** Opens S3 for what is signed for it. */
export function s3(incoming: Incoming, clouds: Clouds): Door | undefined {
  if (!isForS3(incoming.headers.authorization)) return undefined;
  const address = addressIn(incoming);
  const { bucket, key } = address;
  const operation = operationFor(address, incoming);
  const api = operation?.api ?? `${incoming.method} ${incoming.path}`;
  return {
    api: `s3:${api}`,
    action: `s3:${operation?.action ?? api}`,
    target: key === "" ? bucket : `${bucket}/${key}`,
    body: { Bucket: bucket, ...(key !== "" && { Key: key }), ...Object.fromEntries(incoming.query) },
    answer: (cloud) => {
      if (!operation)
        throw new S3Refusal(
          ["NotImplemented", 501],
          "The emulator knows objects of S3 alone, and no such operation",
        );
      if (operation.isOfNone !== true) requireBucket(cloud, clouds, bucket);
      return operation.answer(cloud, address, incoming);
    },
    refuse: refusalReply,
    throttled: new S3Refusal(["SlowDown", 503], "Please reduce your request rate."),
    unsigned: new S3Refusal(["AccessDenied", 403], "Access Denied"),
  };
}

function operationFor({ bucket, key }: Address, { method, query }: Incoming): Operation | undefined {
  if (bucket === "") return onService[method];
  // The SDK says in x-id which operation it means.
  const parameters = [...query.keys()].filter((name) => name !== "x-id");
  if (key !== "") return parameters.length === 0 ? onObjects[method] : undefined;
  const named = parameters.find((name) => Object.hasOwn(onBuckets, `${method} ${name}`));
  if (named !== undefined) return onBuckets[`${method} ${named}`];
  return parameters.length === 0 ? onBuckets[method] : undefined;
}

const bucketType = "AWS::S3::Bucket";

/** A bucket is answered for in its own region, and to its own account. */
function requireBucket(cloud: Cloud, clouds: Clouds, bucket: string): void {
  if (cloud.find(bucketType, bucket)) return;
  const elsewhere = clouds.all().find((other) => other.find(bucketType, bucket))?.settings;
  if (!elsewhere)
    throw new S3Refusal(["NoSuchBucket", 404], "The specified bucket does not exist", {
      members: { BucketName: bucket },
    });
  if (elsewhere.account !== cloud.settings.account)
    throw new S3Refusal(["AccessDenied", 403], "Access Denied");
  throw new S3Refusal(
    ["PermanentRedirect", 301],
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    {
      headers: { "x-amz-bucket-region": elsewhere.region },
      members: { Endpoint: `${bucket}.s3.${elsewhere.region}.amazonaws.com`, Bucket: bucket },
    },
  );
}

function createBucket(cloud: Cloud, { bucket }: Address): Reply {
  if (cloud.find(bucketType, bucket))
    throw new S3Refusal(
      ["BucketAlreadyOwnedByYou", 409],
      "Your previous request to create the named bucket succeeded and you already own it.",
    );
  const outcome = createAnywhere(cloud, knownOf(cloud.settings, bucketType), { BucketName: bucket });
  if ("failed" in outcome) throw new S3Refusal(["InvalidBucketName", 400], outcome.failed.message);
  return emptyReply(200, { location: `/${bucket}` });
}

function deleteBucket(cloud: Cloud, { bucket }: Address): Reply {
  const outcome = remove(cloud, knownOf(cloud.settings, bucketType), bucket);
  if ("done" in outcome) return emptyReply(204);
  throw new S3Refusal(["BucketNotEmpty", 409], "The bucket you tried to delete is not empty");
}

function listBuckets(cloud: Cloud): Reply {
  const buckets = cloud
    .all(bucketType)
    .map(
      ({ identifier, createdAt }) =>
        `<Bucket>${element("Name", identifier)}${element("CreationDate", new Date(createdAt).toISOString())}</Bucket>`,
    );
  return xmlReply("ListAllMyBucketsResult", `<Buckets>${buckets.join("")}</Buckets>`);
}

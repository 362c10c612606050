import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe } from "vitest";
import { isMotoInstalled, startMoto } from "../../support/moto.ts";
import { storeConforms } from "../../support/state/conformance.ts";
import { bucketName, storeIn } from "../../support/state/s3.ts";

describe.skipIf(!isMotoInstalled)("against moto_server (skipped where it is not installed)", async () => {
  const moto = isMotoInstalled ? await startMoto() : undefined;
  const endpoint = moto?.url ?? "";
  afterAll(() => moto?.server.kill());
  if (moto) {
    const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: bucketName }));
    client.destroy();
  }
  storeConforms("the store in S3", (options) => storeIn(endpoint, options), { numRuns: 3 });
});

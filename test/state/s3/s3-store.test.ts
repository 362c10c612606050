import { storeConforms } from "../../support/state/conformance.ts";
import { startS3 } from "../../support/state/s3.ts";

const { store } = await startS3();

storeConforms("the store in S3", store, { numRuns: 12 });

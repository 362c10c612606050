import { memoryStore } from "../../src/state/index.ts";
import { storeConforms } from "../support/state/conformance.ts";

storeConforms("the memory store", memoryStore);

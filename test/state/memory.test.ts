import { memoryStore } from "../../src/state/index.ts";
import { storeConforms } from "./conformance.ts";

storeConforms("the memory store", memoryStore);

import { resolve } from "node:path";
import { generate } from "./generate.ts";

await generate(resolve(import.meta.dirname, "../generated"));

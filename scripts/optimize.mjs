import { optimize } from "../tools/archive/optimize.ts";
import { runCommand } from "../tools/sending/failure.ts";

await runCommand(optimize);

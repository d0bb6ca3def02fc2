import { bench } from "../bench/main.ts";
import { runCommand } from "../tools/sending/failure.ts";

await runCommand(bench);

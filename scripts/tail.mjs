import { runCommand } from "../tools/sending/failure.ts";
import { tail } from "../tools/tail/main.ts";

await runCommand(tail);

import { runCommand } from "../tools/sending/failure.ts";
import { simulate } from "../tools/simulate/main.ts";

await runCommand(simulate);

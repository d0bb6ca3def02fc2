import { verify } from "../tools/archive/verify.ts";
import { runCommand } from "../tools/sending/failure.ts";

await runCommand(verify);

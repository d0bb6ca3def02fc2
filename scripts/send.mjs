import { send } from "../tools/send/main.ts";
import { runCommand } from "../tools/sending/failure.ts";

await runCommand(send);

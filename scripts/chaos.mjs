import { chaos } from "../tools/chaos/main.ts";
import { runCommand } from "../tools/sending/failure.ts";

await runCommand(chaos);

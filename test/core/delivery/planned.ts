import { MessagePlan, type PendingPack, type PlannedMessage } from "../../../core/delivery/message-plan.ts";

export function planOf(packs: readonly PendingPack[]): MessagePlan {
  const plan = new MessagePlan();
  for (const pack of packs) plan.add(pack);
  return plan;
}

/** All that may go at this time. */
export function takenAt(plan: MessagePlan, nowMs: number): PlannedMessage[] {
  const taken: PlannedMessage[] = [];
  for (let next = plan.take(nowMs); next; next = plan.take(nowMs)) taken.push(next);
  return taken;
}

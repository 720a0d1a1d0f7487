// Finds a planned alarm by its entry in the runbook.
import type { AlarmPlan, RunbookEntry } from '../../../lib/monitoring/alarm-plan';

export function alarmOf(plans: readonly AlarmPlan[], runbook: RunbookEntry): AlarmPlan | undefined {
  return plans.find((plan) => plan.runbook === runbook);
}

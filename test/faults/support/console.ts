import type { NotedCall } from '#infra/local/faults/call-log.ts';
import type { FaultsView } from '#infra/local/faults/open-faults.ts';
import type { LaptopClient } from '#test/support/laptop.ts';

/** What the harness asks of a laptop's console. */
export interface FaultConsole {
  inject(plan: { seed: number; rules: object[] }): Promise<FaultsView>;
  faults(): Promise<FaultsView>;
  endFaults(): Promise<void>;
  calls(): Promise<NotedCall[]>;
  forgetCalls(): Promise<void>;
  /** Waits until nothing is on its way any more, as far as the laptop can see. */
  settle(): Promise<void>;
  /** Lets so much time pass, and waits for what happens then. */
  pass(minutes: number): Promise<void>;
}

export function openFaultConsole({
  console,
  clock,
  settle,
}: Pick<LaptopClient, 'console' | 'clock' | 'settle'>): FaultConsole {
  const pass = async (minutes: number) => {
    await clock(new Date(Date.parse(await clock()) + minutes * 60_000).toISOString());
  };
  return {
    inject: (plan) => console<FaultsView>('/faults', { method: 'PUT', body: JSON.stringify(plan) }),
    faults: () => console<FaultsView>('/faults'),
    endFaults: async () => {
      await console('/faults', { method: 'DELETE' });
    },
    calls: () => console<NotedCall[]>('/calls'),
    forgetCalls: async () => {
      await console('/calls', { method: 'DELETE' });
    },
    settle,
    pass,
  };
}

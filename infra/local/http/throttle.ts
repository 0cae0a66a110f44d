import type { Throttle } from '../template/inventory.ts';

/** API Gateway's token bucket: whether one more request may pass. Counts in the machine's time. */
export function openThrottle(throttle: Throttle | undefined): () => boolean {
  if (!throttle) return () => true;
  let tokens = throttle.burst;
  let at = performance.now();
  return () => {
    const now = performance.now();
    tokens = Math.min(throttle.burst, tokens + ((now - at) / 1000) * throttle.requestsPerSecond);
    at = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

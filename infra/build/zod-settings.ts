import { config } from 'zod/v4/core';

// Goes into every bundle, before all else. By itself zod writes and compiles a function for each schema that it
// meets: 12 ms of a cold start, and nothing won before the thousandth record.
config({ jitless: true });

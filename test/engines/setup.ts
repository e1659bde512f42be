// Before the tests in three engines: finds them, and in CI installs them.
import type { TestProject } from 'vitest/node';
import { described, ensureEngines } from '../../scripts/ensure-engines.mjs';

export default function setup({ provide }: TestProject): void {
  const engines = ensureEngines();
  provide('engines', engines);
  for (const line of described(engines)) console.log(line);
}

export type EngineName = 'chromium' | 'firefox' | 'webkit';
type Found = { path: string; version: string; missing?: undefined } | { missing: string };

declare module 'vitest' {
  export interface ProvidedContext {
    engines: Record<EngineName, Found>;
  }
}

/** Pages that mean harm, and what becomes of them: for tests and the bench. */
export { type AttackPage, attackPages, sampleOfAttacks } from "./attack-pages.ts";
export { type AttackSites, openAttackSites } from "./attack-sites.ts";
export { type TrapOutcome, tryTrap, traps } from "./traps.ts";
export { type AttackOutcome, tryAttack } from "./try-attacks.ts";

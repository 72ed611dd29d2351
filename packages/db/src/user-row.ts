import type { Scope } from "@valet/contracts";

export interface UserRow {
  readonly id: string;
  readonly name: string;
  readonly role: "user" | "admin";
}

export function roleOf(role: string): UserRow["role"] {
  return role === "admin" ? "admin" : "user";
}

/** All that a person of this role may do. */
export function scopesOf(role: UserRow["role"]): Scope[] {
  const everyones = ["read", "apply", "approve", "account"] as const;
  return role === "admin" ? [...everyones, "admin"] : [...everyones];
}

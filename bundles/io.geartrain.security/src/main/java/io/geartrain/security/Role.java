package io.geartrain.security;

/** What a principal may do; each role includes those before it. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Submits and cancels applications. */
  OPERATOR,
  /** Deploys bundles, chooses schedulers, stops nodes, uses the framework's own console. */
  ADMIN;

  /** True if this role may do all that the other may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}

package io.geartrain.security;

import java.util.Objects;

/**
 * Who asks.
 *
 * @param name shown in audit lines and beside what the principal did
 * @param role what it may do
 */
public record Principal(String name, Role role) {
  /** Refuses nulls. */
  public Principal {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
  }
}

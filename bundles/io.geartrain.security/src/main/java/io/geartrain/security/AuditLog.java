package io.geartrain.security;

import org.osgi.annotation.versioning.ProviderType;

/** Writes down refused requests and changes, one line each, never a secret. Thread-safe. */
@ProviderType
public interface AuditLog {
  /**
   * A request was refused.
   *
   * @param code of the problem
   * @param principal who asked; null if unknown
   * @param method of HTTP
   * @param path without the query, which may hold a login code
   * @param remote address of the client
   */
  void refused(String code, Principal principal, String method, String path, String remote);

  /**
   * Somebody changed something.
   *
   * @param principal who
   * @param method of HTTP
   * @param path without the query
   * @param status of the answer
   */
  void changed(Principal principal, String method, String path, int status);
}

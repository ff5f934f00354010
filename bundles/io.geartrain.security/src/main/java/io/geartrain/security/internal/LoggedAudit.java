package io.geartrain.security.internal;

import io.geartrain.security.AuditLog;
import io.geartrain.security.Principal;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the audit lines to the logger {@code io.geartrain.audit}. Stateless. */
@Component(name = "io.geartrain.security.audit", service = AuditLog.class)
public final class LoggedAudit implements AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.geartrain.audit");
  private static final int MAX_PATH = 200;

  @Override
  public void refused(String code, Principal principal, String method, String path, String remote) {
    LOG.warn(
        "refused {} principal={} from={} {} {}",
        code,
        principal == null ? "-" : clean(principal.name()),
        clean(remote),
        clean(method),
        clean(path));
  }

  @Override
  public void changed(Principal principal, String method, String path, int status) {
    LOG.info("{} {} {} {}", clean(principal.name()), clean(method), clean(path), status);
  }

  /** Without line breaks and other control characters, so that no line can be forged. */
  static String clean(String text) {
    if (text == null) {
      return "-";
    }
    String cut = text.length() > MAX_PATH ? text.substring(0, MAX_PATH) + "…" : text;
    return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
  }
}

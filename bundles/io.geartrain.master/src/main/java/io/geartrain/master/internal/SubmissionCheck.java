package io.geartrain.master.internal;

import io.geartrain.protocol.ClientToMaster.SubmitApplication;
import io.geartrain.protocol.MasterToClient.Refused;
import io.geartrain.spi.BundleDescription;
import io.geartrain.spi.BundleDescription.ApplicationEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with a submission; pure. */
final class SubmissionCheck {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final int MAX_SETTINGS_CHARS = 32_000;

  private final Schedulers schedulers;

  SubmissionCheck(Schedulers schedulers) {
    this.schedulers = schedulers;
  }

  /** Why it is refused; null if it is not. */
  Refused refusalOf(SubmitApplication message, BundleDescription bundle) {
    List<ApplicationEntry> declared = bundle.applications();
    if (declared.isEmpty()) {
      return new Refused(
          "bundle-no-application",
          "Bundle %s %s declares no application.".formatted(bundle.name(), bundle.version()),
          "Annotate a public class that implements StreamApplication with @StreamApp(name=\"…\")"
              + " and build the bundle with bnd.");
    }
    if (declared.size() > 1) {
      return new Refused(
          "bundle-many-applications",
          "Bundle %s %s declares %d applications: %s."
              .formatted(
                  bundle.name(),
                  bundle.version(),
                  declared.size(),
                  String.join(", ", declared.stream().map(ApplicationEntry::name).toList())),
          "Leave one class with @StreamApp in each bundle.");
    }
    String name = message.name() == null ? declared.get(0).name() : message.name();
    if (!NAME.matcher(name).matches()) {
      return new Refused(
          "bad-request",
          "'%s' can't be the name of an application.".formatted(name),
          "Use up to 63 letters, digits, dots, dashes and underscores, a letter or digit first.");
    }
    if (message.scheduler() != null && !knowsScheduler(message.scheduler())) {
      return unknownScheduler(message.scheduler());
    }
    Map<String, String> settings = message.settings() == null ? Map.of() : message.settings();
    if (settings.values().stream().anyMatch(Objects::isNull)) {
      return new Refused("bad-request", "A setting has no value.", "Give each setting a value.");
    }
    int chars =
        settings.entrySet().stream()
            .mapToInt(setting -> setting.getKey().length() + setting.getValue().length())
            .sum();
    if (chars > MAX_SETTINGS_CHARS) {
      return new Refused(
          "bad-request",
          "The settings have %d characters, at most %d are possible."
              .formatted(chars, MAX_SETTINGS_CHARS),
          "Put large settings into a file that the application reads.");
    }
    return null;
  }

  /** Whether there is a scheduler of that name; null is none. */
  boolean knowsScheduler(String name) {
    return name != null && schedulers.names().contains(name);
  }

  /** There is no such scheduler; tells which there are. */
  Refused unknownScheduler(String name) {
    Set<String> names = schedulers.names();
    return new Refused(
        "unknown-scheduler",
        "There is no scheduler '%s'.".formatted(name),
        names.isEmpty()
            ? "No scheduler is deployed."
            : "There are: " + String.join(", ", names) + ".");
  }
}

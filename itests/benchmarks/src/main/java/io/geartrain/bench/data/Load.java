package io.geartrain.bench.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run does.
 *
 * @param workload its name, {@code W6/50} or {@code W4/200k} too
 * @param warmUpMs how long it runs before it is measured
 * @param measureMs how long it is measured
 * @param lines how many lines of text W2 has
 * @param report folder where each part of the run leaves its figures
 */
public record Load(String workload, long warmUpMs, long measureMs, int lines, Path report) {
  private static final int LINES = 1_000_000;

  /** From settings or arguments. */
  public static Load of(Map<String, String> settings) {
    return new Load(
        settings.get("workload"),
        Long.parseLong(settings.get("warm-up")),
        Long.parseLong(settings.get("measure")),
        Integer.parseInt(settings.getOrDefault("lines", "" + LINES)),
        Path.of(settings.get("report")));
  }

  /** As settings. */
  public Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("workload", workload);
    all.put("warm-up", "" + warmUpMs);
    all.put("measure", "" + measureMs);
    all.put("lines", "" + lines);
    all.put("report", report.toString());
    return all;
  }

  /** The part of the name before the slash. */
  public String family() {
    int slash = workload.indexOf('/');
    return slash < 0 ? workload : workload.substring(0, slash);
  }

  /** Whether checkpoints are made for some time, not for some, and so on. */
  public boolean inPhases() {
    return family().equals("W5");
  }

  /** Whether the state is large: W6 with so many million keys. */
  public boolean isLarge() {
    return workload.startsWith("W6/") && workload.endsWith("M");
  }

  /** How many keys the large state has; an even number. */
  public int keys() {
    return (int) (1e6 * Double.parseDouble(workload.substring(3, workload.length() - 1)));
  }

  /** How many slides a window of W3 or W6 has. */
  public int slides() {
    return family().equals("W6") ? Integer.parseInt(workload.substring(3)) : 5;
  }

  /** Records per second of W4. */
  public long perSecond() {
    return 1000 * Long.parseLong(workload.substring(3, workload.length() - 1));
  }
}

package io.geartrain.connector.files.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.geartrain.api.ProcessorContext;
import java.net.URLEncoder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a part, {@code part-0-of-2-0000000007-write@word-count-7f3a}. Those of one task sort in
 * the order in which they were written, and no two ever have the same.
 *
 * @param task which task has written it
 * @param tasks of how many
 * @param number of the checkpoint that has closed it, padded, or {@link #END}
 * @param writer step and application
 */
record PartName(int task, int tasks, String number, String writer) {
  /** Matches what is hidden of parts, and perhaps more. */
  static final String HIDDEN = ".part-*" + InProgress.SUFFIX;

  /** In place of the number of what the end of input has closed. */
  private static final String END = "end";

  /** In place of the number of what is being written. */
  private static final String NEXT = "next";

  private static final Pattern PATTERN =
      Pattern.compile("part-(\\d{1,9})-of-(\\d{1,9})-(\\d{10,18}|end|next)-(.+)");

  /** The part that a task is writing. */
  static PartName next(ProcessorContext context) {
    return new PartName(context.taskIndex(), context.parallelism(), NEXT, writer(context));
  }

  private static String writer(ProcessorContext context) {
    return URLEncoder.encode(context.processorId(), UTF_8)
        + "@"
        + URLEncoder.encode(context.applicationId(), UTF_8);
  }

  /** The same, closed by a checkpoint. */
  PartName closedBy(long checkpointId) {
    return new PartName(task, tasks, String.format(Locale.ROOT, "%010d", checkpointId), writer);
  }

  /** The same, closed by the end of input. */
  PartName closedByEnd() {
    return new PartName(task, tasks, END, writer);
  }

  /** Back from the name of a visible file; null if it is none of a part. */
  static PartName of(String fileName) {
    Matcher parts = PATTERN.matcher(fileName);
    return parts.matches()
        ? new PartName(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            parts.group(3),
            parts.group(4))
        : null;
  }

  /** Back from the name of a file that {@link #HIDDEN} matches; null if it is none of a part. */
  static PartName ofHidden(String fileName) {
    return of(fileName.substring(1, fileName.length() - InProgress.SUFFIX.length()));
  }

  /** Whether the task is to clear up what this one's writer has left. */
  boolean isLeftTo(ProcessorContext context) {
    return writer.equals(writer(context)) && task % context.parallelism() == context.taskIndex();
  }

  /** Whether it was written no later than another of the same task. */
  boolean isUpTo(PartName other) {
    return place() <= other.place();
  }

  private long place() {
    return number.equals(END) ? Long.MAX_VALUE : Long.parseLong(number);
  }

  String visible() {
    return prefix() + number + "-" + writer;
  }

  String hidden() {
    return "." + visible() + InProgress.SUFFIX;
  }

  /** The hidden file that holds the name of the last part of the task that has appeared. */
  String shown() {
    return "." + prefix() + writer + InProgress.SHOWN;
  }

  private String prefix() {
    return "part-" + task + "-of-" + tasks + "-";
  }
}

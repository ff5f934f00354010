package io.geartrain.cli.internal.term;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in aligned columns. A column whose title ends with {@code >} is aligned to the right. Cells
 * keep one line: control characters become blanks. Owned by one thread.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> titles;
  private final boolean[] right;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... columns) {
    titles =
        Arrays.stream(columns)
            .map(c -> c.endsWith(">") ? c.substring(0, c.length() - 1) : c)
            .toList();
    right = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      right[i] = columns[i].endsWith(">");
    }
  }

  /** Adds a row; null and empty cells show as a dash. */
  public Table row(Object... cells) {
    if (cells.length != titles.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells do not fit " + titles.size() + " columns");
    }
    rows.add(Arrays.stream(cells).map(Table::cell).toList());
    return this;
  }

  /** The lines, titles first, without trailing blanks. */
  public List<String> lines() {
    int[] widths = titles.stream().mapToInt(TextWidth::of).toArray();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(line(titles, widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - TextWidth.of(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(right[i] ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String cell(Object value) {
    String text = value == null ? "" : Text.oneLine(value.toString());
    return text.isEmpty() ? "–" : text;
  }
}

package io.geartrain.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All workloads, very short: both sides give the right result. */
class BenchIT {
  @TempDir Path folder;

  @Test
  void shouldRunEachWorkloadWithTheRightResult() throws Exception {
    Options options =
        new Options(
            List.of("W1", "W1c", "W2", "W3", "W4/50k", "W6/1", "W6/50", "W6/0.02M"),
            1,
            100,
            200,
            20_000,
            "-Xmx512m",
            false,
            false,
            null,
            Path.of(System.getProperty("gear.tarball")),
            Path.of(System.getProperty("bench.jar")));

    List<Row> rows = new Bench(options, folder, System.out).run(System.out);

    assertThat(rows).hasSize(15).allSatisfy(row -> assertThat(row.ok()).as(row.line()).isTrue());
    assertThat(rows)
        .filteredOn(row -> !row.workload().endsWith("-took"))
        .allSatisfy(row -> assertThat(row.rate()).isPositive());
    assertThat(rows.get(4).micros()[3]).isPositive();
  }
}

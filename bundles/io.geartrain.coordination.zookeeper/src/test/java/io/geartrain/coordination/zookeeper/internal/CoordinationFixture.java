package io.geartrain.coordination.zookeeper.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.geartrain.coordination.CoordinationException;
import io.geartrain.coordination.MetadataStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.core.ThrowingRunnable;

/** A cluster with one process, and what the contracts wait and compare with. */
interface CoordinationFixture {

  TestCluster cluster();

  /** The first process of the cluster. */
  TestCluster.Process process();

  /** Of the first process. */
  MetadataStore store();

  default void assertFenced(ThrowingCallable write) {
    assertThatThrownBy(write).isInstanceOf(CoordinationException.Fenced.class);
  }

  default void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptionsInstanceOf(CoordinationException.Unavailable.class)
        .untilAsserted(assertion);
  }

  interface Job {
    Void run(int number) throws Exception;
  }

  default void inParallel(int jobs, Job job) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(jobs);
    try {
      List<Callable<Void>> calls =
          IntStream.range(0, jobs).<Callable<Void>>mapToObj(i -> () -> job.run(i)).toList();
      for (Future<Void> done : executor.invokeAll(calls)) {
        done.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  default String text(String path) {
    return store().get(path).orElseThrow().text();
  }

  default byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

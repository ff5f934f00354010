package com.example.wordcount;

import io.geartrain.api.Settings;
import io.geartrain.api.StreamApp;
import io.geartrain.api.StreamApplication;
import io.geartrain.api.Streams;
import io.geartrain.api.Window;
import io.geartrain.connector.files.FileSink;
import io.geartrain.connector.files.FileSource;

/**
 * Counts the words of text files.
 *
 * <p>Settings: {@code input}, files and folders, several of them joined as in {@code PATH}; {@code
 * output}, the file to write, a line {@code word<TAB>count} for each word, in no order; {@code
 * parallelism}, how many tasks read and count, 2 unless given.
 */
@StreamApp(name = "word-count")
public final class WordCountApp implements StreamApplication {
  @Override
  public void define(Streams streams, Settings settings) {
    int tasks = settings.getInt("parallelism", 2);
    streams
        .from(FileSource.linesOf(settings.get("input")))
        .id("lines")
        .parallelism(tasks)
        .flatMap(String.class, Words::split)
        .id("words")
        .parallelism(tasks)
        .keyBy(String.class, word -> word)
        .window(Window.global())
        .count()
        .id("count")
        .parallelism(tasks)
        .to(FileSink.of(settings.get("output"), count -> count.key() + "\t" + count.value()))
        .id("write")
        .parallelism(1);
  }
}

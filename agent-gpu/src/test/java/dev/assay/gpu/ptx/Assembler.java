package dev.assay.gpu.ptx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/**
 * NVIDIA's assembler of CUDA 12.0, which comes with the driver's binding and needs no GPU: what a
 * driver of the oldest supported release does with PTX when it loads it.
 */
final class Assembler {
  /** The devices that it knows and that Assay supports. */
  static final List<String> TARGETS =
      List.of("sm_70", "sm_72", "sm_75", "sm_80", "sm_86", "sm_87", "sm_89", "sm_90", "sm_90a");

  static {
    load();
  }

  private Assembler() {}

  /**
   * The binding unpacks itself to a fixed name in the temporary directory and takes whatever lies
   * there already: it gets a directory of its own for its first use, and stays mapped without it.
   */
  private static void load() {
    String usual = System.getProperty("java.io.tmpdir");
    try {
      Path own = Files.createTempDirectory("assay-ptx");
      System.setProperty("java.io.tmpdir", own.toString());
      require(JNvPTXCompiler.nvPTXCompilerGetVersion(new int[1], new int[1]));
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.setProperty("java.io.tmpdir", usual);
    }
  }

  /** What it says against the PTX for that device; empty where it takes it. */
  static String errors(String ptx, String target) {
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    byte[] text = (ptx + "\0").getBytes(StandardCharsets.US_ASCII);
    require(JNvPTXCompiler.nvPTXCompilerCreate(compiler, ptx.length(), text));
    try {
      String[] options = {"--gpu-name=" + target};
      int result = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      return result == nvPTXCompileResult.NVPTXCOMPILE_SUCCESS ? "" : log(compiler, result);
    } finally {
      require(JNvPTXCompiler.nvPTXCompilerDestroy(compiler));
    }
  }

  private static String log(nvPTXCompilerHandle compiler, int result) {
    long[] size = new long[1];
    require(JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size));
    byte[] log = new byte[(int) size[0] + 1];
    require(JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log));
    return nvPTXCompileResult.stringFor(result)
        + ": "
        + new String(log, StandardCharsets.UTF_8).strip();
  }

  private static void require(int result) {
    if (result != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
      throw new AssertionError("nvPTXCompiler: " + nvPTXCompileResult.stringFor(result));
    }
  }
}

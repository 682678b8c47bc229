package dev.assay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.job.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hosts of other kinds say of their control groups, and what is written to version 2's. */
class ControlGroupsTest {
  private static final Resources LIMITS = new Resources(1 << 30, 1500, 64);
  private static final String SERVICE = "sys/fs/cgroup/system.slice/assay.service";

  @TempDir Path root;

  @Test
  void version1HasATreeForEachController() {
    Hierarchies found =
        Hierarchies.parse(
            """
            8:pids:/
            4:memory:/user/7
            2:cpu,cpuacct:/
            1:name=systemd:/
            0::/
            """,
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);

    assertThat(found.byController())
        .containsOnly(
            Map.entry("pids", Path.of("/sys/fs/cgroup/pids")),
            Map.entry("memory", Path.of("/sys/fs/cgroup/memory/user/7")),
            Map.entry("cpu", Path.of("/sys/fs/cgroup/cpu,cpuacct")),
            Map.entry("cpuacct", Path.of("/sys/fs/cgroup/cpu,cpuacct")));
    assertThat(found.unified()).contains(Path.of("/sys/fs/cgroup/unified"));
  }

  @Test
  void version2HasOneTreeForAll() {
    Hierarchies found =
        Hierarchies.parse(
            "0::/system.slice/assay.service\n",
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n");

    assertThat(found.byController()).isEmpty();
    assertThat(found.unified()).contains(Path.of("/sys/fs/cgroup/system.slice/assay.service"));
  }

  @Test
  void inAContainerThePartThatIsMountedCounts() {
    Hierarchies found =
        Hierarchies.parse(
            "5:pids:/docker/abc/inner\n4:memory:/docker/abc\n3:cpu:/elsewhere/../..\n",
            """
            5 1 0:1 /docker/abc /sys/fs/cgroup/pids ro - cgroup cgroup rw,pids
            6 1 0:2 /docker/abc /mnt/with\\040space ro - cgroup cgroup rw,memory
            7 1 0:3 /docker/abc /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu
            nonsense
            """);

    assertThat(found.byController())
        .containsEntry("pids", Path.of("/sys/fs/cgroup/pids/inner"))
        .containsEntry("memory", Path.of("/mnt/with space"))
        .containsEntry("cpu", Path.of("/sys/fs/cgroup/cpu"));
    assertThat(found.unified()).isEmpty();
  }

  @Test
  void version2IsWrittenAsItWantsToBe() throws Exception {
    service("cpuset cpu io memory pids", "");
    ControlGroups groups = ControlGroups.open(root, "home1");
    write(SERVICE + "/assay/home1/job-1/memory.swap.max", "max");
    JobGroup job = groups.create("job-1", LIMITS);

    assertThat(read(SERVICE + "/cgroup.subtree_control")).isEqualTo("+pids +memory +cpu");
    assertThat(read(SERVICE + "/assay/home1/cgroup.subtree_control"))
        .isEqualTo("+pids +memory +cpu");
    assertThat(job.directories()).containsExactly(root.resolve(SERVICE + "/assay/home1/job-1"));
    assertThat(job.oomCount()).isEqualTo(job.main().resolve("memory.events"));
    assertThat(read(SERVICE + "/assay/home1/job-1/pids.max")).isEqualTo("64");
    assertThat(read(SERVICE + "/assay/home1/job-1/memory.max")).isEqualTo("1073741824");
    assertThat(read(SERVICE + "/assay/home1/job-1/memory.swap.max")).isEqualTo("0");
    assertThat(read(SERVICE + "/assay/home1/job-1/cpu.max")).isEqualTo("150000 100000");
  }

  @Test
  void anAgentThatMovedAsideFindsTheSameGroupAgain() throws Exception {
    service("cpu memory pids", "cpu memory pids");
    write("proc/self/cgroup", "0::/system.slice/assay.service/assay-agent\n");

    assertThat(ControlGroups.open(root, "home1").create("job-2", LIMITS).main())
        .isEqualTo(root.resolve(SERVICE + "/assay/home1/job-2"));
  }

  @Test
  void aControllerThatIsNotThereIsNamedWithWhatToDo() throws Exception {
    service("cpu pids", "");

    assertThatThrownBy(() -> ControlGroups.open(root, "home1"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "this host has no control group controller 'memory' for the agent; run it as root, or"
                + " as a service with Delegate=yes");
  }

  @Test
  void processesAreReadWhateverTheirName() {
    String rest = " S 1 2 3 0 -1 4194304 78 0 0 0 0 0 0 0 20 0 1 0 179669 2654208 403";

    assertThat(ProcessStat.parse("42 (sh)" + rest)).contains(new ProcessStat(42, 179669));
    assertThat(ProcessStat.parse("42 (a) S (b c)" + rest)).contains(new ProcessStat(42, 179669));
    assertThat(ProcessStat.parse("")).isEmpty();
    assertThat(ProcessStat.parse("42 (sh) S 1 2")).isEmpty();
    assertThat(ProcessStat.parse("x (sh)" + rest)).isEmpty();
  }

  /** A host with version 2 on which systemd handed a group to the agent. */
  private void service(String controllers, String enabled) throws IOException {
    write("proc/self/cgroup", "0::/system.slice/assay.service\n");
    write("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write(SERVICE + "/cgroup.controllers", controllers + "\n");
    for (String group : new String[] {"", "/assay", "/assay/home1"}) {
      write(SERVICE + group + "/cgroup.subtree_control", enabled);
    }
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), content);
  }

  private String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }
}

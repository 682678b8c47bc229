package dev.assay.gpu.probe;

import static dev.assay.gpu.probe.Readings.amount;
import static dev.assay.gpu.probe.Readings.flag;
import static dev.assay.gpu.probe.Readings.text;
import static dev.assay.gpu.probe.Readings.texts;

import dev.assay.gpu.nvml.NvmlDevice;
import dev.assay.host.FactSheet;

/** Facts of a device that the management library alone knows. */
final class NvmlFacts {
  private NvmlFacts() {}

  static void putInto(FactSheet sheet, NvmlDevice device) {
    putState(sheet, device);
    putErrors(sheet, device.ecc());
    putModes(sheet, device.modes());
    sheet
        .put("computeProcesses", amount(device.processes().computing()))
        .put("computeProcessMemoryBytes", amount(device.processes().computingMemory()))
        .put("graphicsProcesses", amount(device.processes().drawing()));
  }

  private static void putState(FactSheet sheet, NvmlDevice device) {
    sheet
        .put("usedBytes", amount(device.memory().used()))
        .put("reservedBytes", amount(device.memory().reserved()))
        .put("multiprocessorHertz", amount(device.clocks().multiprocessor()))
        .put("memoryHertz", amount(device.clocks().memory()))
        .put("throttleReasons", texts(device.clocks().throttleReasons()))
        .put("powerMilliwatts", amount(device.power().draw()))
        .put("powerLimitMilliwatts", amount(device.power().limit()))
        .put("defaultPowerLimitMilliwatts", amount(device.power().defaultLimit()))
        .put("leastPowerLimitMilliwatts", amount(device.power().least()))
        .put("mostPowerLimitMilliwatts", amount(device.power().most()))
        .put("temperatureCelsius", amount(device.heat().now()))
        .put("slowdownCelsius", amount(device.heat().slowdown()))
        .put("shutdownCelsius", amount(device.heat().shutdown()));
  }

  private static void putErrors(FactSheet sheet, NvmlDevice.Ecc ecc) {
    sheet
        .put("eccAfterReboot", flag(ecc.enabledAfterReboot()))
        .put("correctedErrors", amount(ecc.corrected()))
        .put("uncorrectedErrors", amount(ecc.uncorrected()))
        .put("correctedErrorsEver", amount(ecc.correctedEver()))
        .put("uncorrectedErrorsEver", amount(ecc.uncorrectedEver()))
        .put("retiredPages", amount(ecc.retiredPages()))
        .put(
            "remappedRowsCorrectable",
            amount(ecc.remappedRows().map(NvmlDevice.RemappedRows::forCorrectable)))
        .put(
            "remappedRowsUncorrectable",
            amount(ecc.remappedRows().map(NvmlDevice.RemappedRows::forUncorrectable)))
        .put("rowRemapPending", flag(ecc.remappedRows().map(NvmlDevice.RemappedRows::pending)))
        .put("rowRemapFailed", flag(ecc.remappedRows().map(NvmlDevice.RemappedRows::failed)));
  }

  private static void putModes(FactSheet sheet, NvmlDevice.Modes modes) {
    sheet
        .put("persistence", flag(modes.persistence()))
        .put("multiInstance", flag(modes.multiInstance()))
        .put("displayActive", flag(modes.displayActive()))
        .put("computeMode", text(modes.compute()))
        .put("virtualization", text(modes.virtualization()));
  }
}

package dev.assay.cli;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, giving those that ask for it in their constructor what the invocation shares. */
record CommandFactory(Cli cli) implements IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 1 && parameters[0] == Cli.class) {
        return type.cast(constructor.newInstance(cli));
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}

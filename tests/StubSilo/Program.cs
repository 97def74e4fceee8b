using Distributed.Silo;
using Distributed.StubSilo;

return await SiloProgram.Run(args, new StubEngine());

using Distributed.Silo;

return await SiloProgram.Run(args, new CompressionEngine());

using WeToo.Tool;

return await CommandLine.RunAsync(args);

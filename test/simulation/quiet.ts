// To be imported first: what the schedules log is not read by anybody.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

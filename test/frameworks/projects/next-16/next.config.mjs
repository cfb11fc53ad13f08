export default { output: 'export', env: { ILS_SERVER: process.env.VITE_ILS_SERVER } };
